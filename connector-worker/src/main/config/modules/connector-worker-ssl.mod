[description]
Enables a TLS (SSL) connector with a thread per connection, as the worker MPM of Apache httpd.
Secure HTTP/1.1 is provided by enabling the "https" module,
secure HTTP/2 by enabling the "http2" module.

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

[xml]
etc/jetty-worker-ssl.xml

[ini-template]
### Worker connector

## All properties below whose names begin with jetty.worker. are those of the clear-text connector as well. To set one for
## this connector alone, put ssl. behind that: jetty.worker.ssl.startServers=2 in place of jetty.worker.startServers=2.

## The number of threads that wait for a connection, at the least; 1 to maxThreads (httpd: MinSpareThreads).
## With startServers (see there): the idle ones of all children together, 75 by default.
# jetty.worker.minSpareThreads=4

## The number of threads that wait for a connection, at the most; minSpareThreads to maxThreads
## (httpd: MaxSpareThreads). A thread that would be one more ends.
## With startServers: the idle ones of all children together, minSpareThreads + threadsPerChild or more, 250 by default.
# jetty.worker.maxSpareThreads=64

## The number of threads in all, and so of connections served at once; 1 to 20000 (httpd: MaxRequestWorkers).
## Further connections wait in the queue of the listening socket.
# jetty.worker.maxThreads=400

## Whether connections are served by virtual threads, which needs Java 21 or newer; maxThreads, then 20000 by default and
## 1000000 at the most, limits the number of connections. Up to Java 23 a virtual thread that blocks within synchronized
## keeps a platform thread.
# jetty.worker.virtualThreads=false

## The number of child processes that serve, each many requests at once, 1 to 1000; 0 to serve in this process (but see
## startServers). With children, this process becomes a parent that opens the port and runs no application; a child that ends is
## replaced, SIGHUP replaces all of them by new ones without a lost request, and a crash takes the requests of one child.
## Each has maxThreads threads of its own.
## Sessions have to be where all children see them: enable mpm-session-store and mpm-session-cache, or mpm-session-memory
## if every process may have its own.
# jetty.worker.processes=0

## The number of child processes to begin with, 1 to 1000 (httpd: StartServers), in place of a fixed number of processes: then
## others start when too few threads are idle, 1, 2, 4 ... 32 in a second, and one ends in a second when too many are.
## 0 for a fixed number.
# jetty.worker.startServers=0

## With startServers: the number of requests that a child serves at once, 1 to 20000 (httpd: ThreadsPerChild), in place of
## maxThreads.
# jetty.worker.threadsPerChild=25

## With startServers: the number of requests that all children together serve at once, a multiple of threadsPerChild
## (httpd: MaxRequestWorkers). 0 for those of as many children as memory allows, and of 16 at the most; the start says how many.
# jetty.worker.maxRequestWorkers=0

## With startServers: the number of child processes at the most (httpd: ServerLimit), those included that finish what they
## have begun, -1 for a quarter more than serve at the most.
# jetty.worker.serverLimit=-1

## With children: the number of connections of a child until another takes its place (httpd: MaxConnectionsPerChild),
## 0 for any number. It serves on until the other is ready, so they may be some more.
# jetty.worker.maxConnectionsPerChild=0

## With children: how long one serves until another takes its place, in milliseconds, 0 for any time (httpd: none).
# jetty.worker.maxChildLifetime=0

## With children: the resident memory of one in megabytes at which another takes its place, but not in its first 10 seconds; 0 for any amount (httpd: none).
# jetty.worker.maxChildRss=0

## With children: by how much each of these three limits may be less for a child, in percent, 0 to 90 (httpd: none).
# jetty.worker.recycleJitter=10

## With children: the number that may start at a time to take the place of others, 1 to 1000 (httpd: none).
# jetty.worker.recycleAtOnce=1

## With children: how long one may take from its start until it is ready, in milliseconds, 1 or more (httpd: none).
## One that takes longer is killed.
# jetty.worker.startTimeout=120000

## How long requests that have begun may go on when the server stops, or a child is asked to end, in milliseconds, 0 or
## more (httpd: GracefulShutdownTimeout). Connections that take longer are closed; with children, one that takes longer is
## killed. Without children, jetty.server.stopTimeout of Jetty's module graceful takes its place.
# jetty.worker.drainTimeout=30000

## With children: options of the Java virtual machine that only they get, separated by blanks (one that has a blank itself in
## quotes, as for a shell), after those of the parent (httpd: none). In front of those stand -XX:+UseSerialGC (left out if another collector is chosen), -Xmx512m (left out if
## another heap is chosen, also in the parent's options), -XX:TrimNativeHeapInterval=10000 (left out if the virtual machine is
## too old to know it), -XX:MaxMetaspaceSize=256m, -XX:+ExitOnOutOfMemoryError and
## -Dorg.eclipse.jetty.util.referencesPerCacheLine=16, which Jetty would make an MBean server to learn.
# jetty.worker.jvmArgs=

## With children: where reports of crashed virtual machines (hs_err_pid4711.log) are kept (httpd: CoreDumpDirectory), relative
## to $JETTY_BASE. The log names the file and the function that crashed.
# jetty.worker.crashDirectory=crashes

## With children: whether each line that a child prints goes through the parent, which puts slot and generation in front, such as
## [worker-3 g2]; false for lines that a program reads, such as JSON: then children print to the parent's output themselves.
# jetty.worker.labelOutput=true

## With children: user and group that they run as (httpd's User and Group); the parent has to be root then, and can bind
## port 80. What applications read and write has to be that user's; empty for the parent's user, and for the user's own group.
# jetty.worker.user=
# jetty.worker.group=

## With children: whether the first leaves an archive of its classes to the next, which start faster.
# jetty.worker.classDataArchive=true

## With children: how often the parent looks into a directory under $JETTY_BASE whether applications were added, replaced or
## removed, in seconds, 0 for never; then the children restart as with SIGHUP (jetty.deploy.scanInterval has to stay 0).
# jetty.worker.scanInterval=0
# jetty.worker.scanDirectory=webapps

## How long a connection may be without a request, in milliseconds, from 1 (httpd: KeepAliveTimeout, there in seconds);
## -1 for as long as jetty.ssl.idleTimeout allows.
# jetty.worker.keepAliveTimeout=-1

## The number of requests until a connection is closed, 0 for any number (httpd: MaxKeepAliveRequests).
# jetty.worker.maxKeepAliveRequests=0

## How long a client may take to send a request, in seconds (httpd: RequestReadTimeout, the same syntax): for the TLS
## handshake, the head, and the content as far as the server waits for it. 20-40,MinRate=500 is 20 seconds, and one more
## for each 500 bytes that arrive, up to 40. 0 for no limit. A client that takes longer gets the status 408.
# jetty.worker.requestReadTimeout=handshake=20 header=20-40,MinRate=500 body=20,MinRate=500

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
