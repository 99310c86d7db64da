[description]
What the connectors of Jetty MPM (connector-prefork, connector-worker, connector-event) share.
It is enabled by them.

[tags]
connector
mpm
internal

[depend]
server

[lib]
lib/mpm/connector-api-${project.version}.jar
