# firejail --profile=THIS FILE PROGRAM, or in a profile of your own: include THIS FILE
# The last seccomp.keep or seccomp.drop counts. For programs of x86_64.
# By number, since releases that do not know a name skip it: $435 clone3.
nonewprivs
seccomp.block-secondary
seccomp-error-action EPERM
seccomp.drop $435:ENOSYS,kexec_load:kill,mount:EPERM
