from hypothesis import settings

# reading files on a busy machine takes longer than the 200 ms that hypothesis allows an example
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")
