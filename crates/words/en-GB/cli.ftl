### Words of the command line only.
