[description]
Puts the connectors of Jetty MPM on the class path.
It is enabled by the modules connector-prefork, connector-worker and connector-event (and their -ssl forms).
Enable it by itself to name one of the connectors' classes in an XML file of your own.

[tags]
connector
mpm

[depend]
server

[lib]
lib/mpm/connector-*-${project.version}.jar
lib/jna-jpms-${jna.version}.jar
