[description]
Lets each child process keep sessions in its own memory, where no other sees them: for applications without sessions,
for clients that always come back to the same process, and for a single child.
It takes the place of mpm-session-store and mpm-session-cache.

[tags]
session
mpm

[provides]
session-store
session-cache

[depend]
sessions
mpm

[xml]
etc/jetty-mpm-session-memory.xml
