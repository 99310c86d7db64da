[description]
Shows what the connectors of Jetty MPM do, across all their processes: a page for people, and figures for monitoring, at
/server-status (httpd: mod_status with ExtendedStatus).

[tags]
mpm
status

[depend]
server
mpm

[after]
compression
cross-origin
delay-until-content
dos
eager-content
gzip
inetaccess
qos
rewrite
size-limit
statistics
thread-limit

[xml]
etc/jetty-mpm-status.xml

[ini-template]
### Status page

## Where it is (httpd: Location): a path from the root of the server, which no application sees then.
# jetty.mpm.status.path=/server-status

## Who may see it in place of this machine (httpd: Require ip): addresses, address/bits or from-to, separated by commas, such
## as 127.0.0.1,::1,192.0.2.0/24; empty for this machine only. If a proxy is in front, its own address and the one that it
## names (PROXY protocol, or the modules http-forwarded and forwarded) both have to be in the list.
# jetty.mpm.status.allow=

## How many requests a process of worker or event shows at once, 2 to 1024 (httpd: none); others are only counted.
## A request takes 448 bytes of memory that the processes share.
# jetty.mpm.status.maxRows=256
