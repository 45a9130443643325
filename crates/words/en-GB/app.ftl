### Words of the window only.
