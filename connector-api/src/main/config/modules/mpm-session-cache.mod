[description]
Reads a session from the store with each request, since another process may have changed it.
It is what a connector with processes gets unless another module that provides "session-cache" is enabled.

[tags]
session
mpm

[provides]
session-cache|default

[depend]
sessions
mpm

[xml]
etc/jetty-mpm-session-cache.xml

[ini-template]
## Whether a session is written as soon as it is created, not when its request ends.
# jetty.session.saveOnCreate=false

## Whether a session that cannot be read, since its classes have changed, is removed.
# jetty.session.removeUnloadableSessions=false

## Whether a session that has changed is written before the client sees the answer.
# jetty.session.flushOnResponseCommit=true
