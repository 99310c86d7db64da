[description]
Keeps sessions where all child processes see them: in a SQLite database in the base, by Jetty's JDBC session store.
It is what a connector with processes gets unless another module that provides "session-store" is enabled,
such as Jetty's session-store-jdbc, or mpm-session-memory.

[tags]
session
mpm

[provides]
session-store|default

[depend]
sessions
mpm

[files]
maven://org.xerial/sqlite-jdbc/${sqlite-jdbc.version}|lib/mpm/sessions/sqlite-jdbc-${sqlite-jdbc.version}.jar
maven://com.zaxxer/HikariCP/${hikari.version}|lib/mpm/sessions/HikariCP-${hikari.version}.jar

[lib]
lib/mpm/sessions/sqlite-jdbc-${sqlite-jdbc.version}.jar
lib/mpm/sessions/HikariCP-${hikari.version}.jar

[xml]
etc/jetty-mpm-session-store.xml

[ini]
jetty.webapp.addHiddenClasses+=,${jetty.base.uri}/lib/mpm/sessions/

[ini-template]
### Shared session store (httpd: mod_session_dbd)

## The directory of the database, a relative one under $JETTY_BASE (httpd: none). It is made, for the server's user only,
## if it is not there. It has to be on a local disk: SQLite shares memory between processes, which NFS cannot do.
# jetty.mpm.sessions.directory=mpm-sessions

## How long the time of the last access may stay unwritten when nothing else of a session has changed, in seconds,
## 0 or more (httpd: SessionExpiryUpdateInterval). A session may end earlier by so much, but by no more than a
## twentieth of the time after which it ends.
# jetty.session.savePeriod.seconds=30

## How long a session that has ended stays in the database when no process has noticed that, in seconds (httpd: none).
# jetty.session.gracePeriod.seconds=3600
