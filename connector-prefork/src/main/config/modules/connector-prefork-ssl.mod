[description]
Enables a TLS (SSL) connector with a child process per connection, as the prefork MPM of Apache httpd.
The server becomes a parent that opens the port and runs no application; its children run them.
Secure HTTP/1.1 is provided by enabling the "https" module.

[tags]
connector
ssl
mpm

[provides]
ssl

[depend]
ssl-context
server
mpm
session-store
session-cache

[xml]
etc/jetty-prefork-ssl.xml

[ini-template]
### Prefork connector

## All properties below whose names begin with jetty.prefork. are those of the clear-text connector as well. To set one for
## this connector alone, put ssl. behind that: jetty.prefork.ssl.startServers=2 in place of jetty.prefork.startServers=2.

## What makes the pool of children grow and shrink (php-fpm: pm):
## dynamic keeps as many idle children as lies between minSpareServers and maxSpareServers, as httpd does;
## static keeps startServers children; ondemand starts a child when a connection waits.
# jetty.prefork.pm=dynamic

## The number of child processes to begin with (httpd: StartServers), 1 to maxRequestWorkers;
## -1 for httpd's 5, or maxRequestWorkers if that is less.
## Each is a Java virtual machine of its own that serves one connection at a time;
## further connections wait in the queue of the listening socket.
# jetty.prefork.startServers=-1

## The number of idle children at the least (httpd: MinSpareServers); -1 for httpd's 5, or a limit that is less.
## If fewer are idle, others are started: 1, 2, 4 ... 32 in a second as long as there are too few. A virtual machine takes
## seconds to start, so the idle ones are what a sudden crowd meets; each takes some 100 MB. pm=dynamic only.
# jetty.prefork.minSpareServers=-1

## The number of idle children at the most (httpd: MaxSpareServers); -1 for httpd's 10, or minSpareServers if that is more,
## or maxRequestWorkers if that is less. If more are idle, one ends in a second. pm=dynamic only.
# jetty.prefork.maxSpareServers=-1

## The number of children that serve at the most (httpd: MaxRequestWorkers), 1 to 1000. Httpd's 256 would be 256
## virtual machines; so -1 is for as many as memory allows: three quarters of it (in a container, of its limit), divided
## by the greatest heap of a child and 128 MB. The log says the number and why when the server starts.
# jetty.prefork.maxRequestWorkers=-1

## The number of child processes at the most (httpd: ServerLimit), those included that start to take the place of others
## or finish what they have begun; at least maxRequestWorkers + 1, up to 2000; -1 for a quarter more than maxRequestWorkers.
# jetty.prefork.serverLimit=-1

## How long a child may be idle until it ends, in milliseconds, 1 or more (php-fpm: pm.process_idle_timeout).
## pm=ondemand only.
# jetty.prefork.processIdleTimeout=10000

## The number of connections of a child until another takes its place (httpd: MaxConnectionsPerChild), 0 for any number.
## Against what leaks. The child serves on until the other is ready, so they may be some more.
# jetty.prefork.maxConnectionsPerChild=0

## How long a child serves until another takes its place, in milliseconds, 0 for any time (httpd: none).
# jetty.prefork.maxChildLifetime=0

## The resident memory of a child in megabytes at which another takes its place, but not in its first 10 seconds; 0 for any amount (httpd: none).
# jetty.prefork.maxChildRss=0

## By how much each of these three limits may be less for a child, in percent, 0 to 90 (httpd: none): children that started
## together do not end together.
# jetty.prefork.recycleJitter=10

## The number of children that may start at a time to take the place of others, for these limits or for a graceful
## restart, 1 to 1000 (httpd: none).
# jetty.prefork.recycleAtOnce=1

## How long a child may take from its start until it is ready, in milliseconds, 1 or more (httpd: none).
## One that takes longer is killed.
# jetty.prefork.startTimeout=120000

## How long a child that is asked to end may go on with what it has begun, in milliseconds, 0 or more
## (httpd: GracefulShutdownTimeout). One that takes longer is killed.
# jetty.prefork.drainTimeout=30000

## After how long a request is slow, in milliseconds, 0 for never (php-fpm: request_slowlog_timeout): then the log says, once,
## where the thread is that serves it. It is not stopped for that. Of an asynchronous request it is the thread that began it.
# jetty.prefork.slowRequestThreshold=0

## After how long a request is ended, in milliseconds, 0 for never (php-fpm: request_terminate_timeout). The log says where its
## thread was, its child ends, and another takes its place. A long poll, an upload and a client that reads slowly take time, too.
## A child that cannot end itself is killed 5 seconds later.
# jetty.prefork.requestTerminateTimeout=0

## How long a kept-alive connection may be without a request while others wait and no child is idle, in milliseconds,
## 0 or more, or -1 to let the others wait (httpd: none). Responses say Connection: close then, and connections that have
## been without a request for longer are ended, those first that have been so for longest.
# jetty.prefork.keepAliveUnderPressure=250

## Options of the Java virtual machine that only the children get, separated by blanks (one that has a blank itself in
## quotes, as for a shell), after those of the parent (httpd: none). In front of those stand defaults for a small virtual machine, each of which can be overridden here:
## -XX:+UseSerialGC (left out if another collector is chosen), -Xmx512m (left out if another heap is chosen, also in the
## parent's options), -Xms24m -XX:NewSize=8m (left out with any option of the collector or of the heap's sizes), four
## times the usual thresholds of the second compiler (-XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2500
## -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000; left out with any option of the compilers),
## -XX:TrimNativeHeapInterval=10000 (left out if the virtual machine is too old to know it), -XX:MaxMetaspaceSize=256m,
## -XX:+ExitOnOutOfMemoryError and
## -Dorg.eclipse.jetty.util.referencesPerCacheLine=16, which Jetty would make an MBean server to learn.
# jetty.prefork.jvmArgs=

## Where reports of crashed virtual machines (hs_err_pid4711.log) are kept (httpd: CoreDumpDirectory), relative to
## $JETTY_BASE. The log names the file and the function that crashed.
# jetty.prefork.crashDirectory=crashes

## Whether each line that a child prints goes through the parent, which puts slot and generation in front, such as
## [prefork-3 g2]; false for lines that a program reads, such as JSON: then children print to the parent's output themselves.
# jetty.prefork.labelOutput=true

## User and group that children run as (httpd's User and Group): the parent has to be root then, and can bind port 80.
## What applications read and write has to be that user's; empty for the parent's user, and for the user's own group.
# jetty.prefork.user=
# jetty.prefork.group=

## Whether the first child leaves an archive of its classes to the next ones, which start faster.
# jetty.prefork.classDataArchive=true

## How often the parent looks into a directory under $JETTY_BASE whether applications were added, replaced or
## removed, in seconds, 0 for never; then the children restart as with SIGHUP (jetty.deploy.scanInterval has to stay 0).
# jetty.prefork.scanInterval=0
# jetty.prefork.scanDirectory=webapps

## How long a connection may be without a request, in milliseconds, from 1 (httpd: KeepAliveTimeout, there in seconds);
## -1 for as long as jetty.ssl.idleTimeout allows.
# jetty.prefork.keepAliveTimeout=-1

## The number of requests until a connection is closed, 0 for any number (httpd: MaxKeepAliveRequests).
# jetty.prefork.maxKeepAliveRequests=0

## How long a client may take to send a request, in seconds (httpd: RequestReadTimeout, the same syntax): for the TLS
## handshake, the head, and the content as far as the server waits for it. 20-40,MinRate=500 is 20 seconds, and one more
## for each 500 bytes that arrive, up to 40. 0 for no limit. A client that takes longer gets the status 408.
# jetty.prefork.requestReadTimeout=handshake=20 header=20-40,MinRate=500 body=20,MinRate=500

### Settings that it shares with the stock connector

## The host/address to bind the connector to (httpd: Listen).
# jetty.ssl.host=0.0.0.0

## The port the connector listens on (httpd: Listen).
# jetty.ssl.port=8443

## The connector idle timeout, in milliseconds: how long a connection may be without a byte read or written
## (httpd: TimeOut, and KeepAliveTimeout between requests).
# jetty.ssl.idleTimeout=30000

## Accepted for compatibility with the stock connector; this one accepts with its serving threads.
# jetty.ssl.acceptors=1

## Accepted for compatibility with the stock connector; this one has no selectors.
# jetty.ssl.selectors=-1

## Whether to take the listening socket that systemd passes on descriptor 3 (LISTEN_FDS), or else the one on descriptor 0;
## then a port below 1024 needs no right of this process. Only one connector can.
# jetty.ssl.inheritChannel=false

## The number of connections that the kernel keeps waiting, 0 for 511 (httpd: ListenBackLog).
# jetty.ssl.acceptQueueSize=0

## Whether to enable the SO_REUSEADDR socket option.
# jetty.ssl.reuseAddress=true

## Whether to enable the SO_REUSEPORT socket option.
# jetty.ssl.reusePort=false

## Whether to enable the TCP_NODELAY socket option on accepted sockets.
# jetty.ssl.acceptedTcpNoDelay=true

## The SO_RCVBUF socket option to set on accepted sockets, in bytes (httpd: ReceiveBufferSize).
## A value of -1 indicates that the platform default is used.
# jetty.ssl.acceptedReceiveBufferSize=-1

## The SO_SNDBUF socket option to set on accepted sockets, in bytes (httpd: SendBufferSize).
## A value of -1 indicates that the platform default is used.
# jetty.ssl.acceptedSendBufferSize=-1

## Whether client SNI data is required for all secure connections.
## When SNI is required, clients that do not send SNI data are rejected with an HTTP 400 response.
# jetty.ssl.sniRequired=false

## Whether client SNI data is checked to match CN and SAN in server certificates.
## When SNI is checked, if the match fails the connection is rejected with an HTTP 400 response.
# jetty.ssl.sniHostCheck=true

## The max age, in seconds, for the Strict-Transport-Security response header.
# jetty.ssl.stsMaxAgeSeconds=31536000

## Whether to include the subdomain property in any Strict-Transport-Security header.
# jetty.ssl.stsIncludeSubdomains=true
