# The made-up plans to look round in.

samples-which = Which plan would you like to look round in?
samples-adult = Amina’s plan
samples-adult-why = A woman with a direct payment, her sister, her PA, her social worker and a year together. You look on as Amina.
samples-family = The Marsh family’s plan
samples-family-why = A mother, a boy of fourteen, a girl of six, and a team around them. You look on as Dee, the mother.
samples-coalition = Harbour Street Evenings
samples-coalition-why = A street at night, and everybody who wants people to come home safe. You look on as the coordinator.
samples-alone = Amina’s plan, on its first day
samples-alone-why = Nobody else is in it yet: to try how somebody comes in on a second device.
