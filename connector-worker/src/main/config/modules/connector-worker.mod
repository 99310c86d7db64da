[description]
Enables a clear-text HTTP connector with a thread per connection, as the worker MPM of Apache httpd.
Clear-text HTTP/1.1 is enabled, and clear-text HTTP/2 may be added by enabling the "http2c" module.

[tags]
connector
http
mpm

[provides]
http

[depend]
server
mpm

[xml]
etc/jetty-worker-http.xml

[ini-template]
### Worker connector

## The number of threads that wait for a connection, at the least; 1 to maxThreads (httpd: MinSpareThreads).
# jetty.worker.minSpareThreads=4

## The number of threads that wait for a connection, at the most; minSpareThreads to maxThreads
## (httpd: MaxSpareThreads). A thread that would be one more ends.
# jetty.worker.maxSpareThreads=64

## The number of threads in all, and so of connections served at once; 1 to 20000 (httpd: MaxRequestWorkers).
## Further connections wait in the queue of the listening socket.
# jetty.worker.maxThreads=400

## Whether connections are served by virtual threads, which needs Java 21 or newer; maxThreads, then 20000 by default and
## 1000000 at the most, limits the number of connections. Up to Java 23 a virtual thread that blocks within synchronized
## keeps a platform thread.
# jetty.worker.virtualThreads=false

## How long a connection may be without a request, in milliseconds, from 1 (httpd: KeepAliveTimeout, there in seconds);
## -1 for as long as jetty.http.idleTimeout allows.
# jetty.worker.keepAliveTimeout=-1

## The number of requests until a connection is closed, 0 for any number (httpd: MaxKeepAliveRequests).
# jetty.worker.maxKeepAliveRequests=0

## How long a client may take to send a request, in seconds (httpd: RequestReadTimeout, the same syntax): for the TLS
## handshake, the head, and the content as far as the server waits for it. 20-40,MinRate=500 is 20 seconds, and one more
## for each 500 bytes that arrive, up to 40. 0 for no limit. A client that takes longer gets the status 408.
# jetty.worker.requestReadTimeout=handshake=20 header=20-40,MinRate=500 body=20,MinRate=500

### Settings that it shares with the stock connector

## The host/address to bind the connector to (httpd: Listen).
# jetty.http.host=0.0.0.0

## The port the connector listens on (httpd: Listen).
# jetty.http.port=8080

## The connector idle timeout, in milliseconds: how long a connection may be without a byte read or written
## (httpd: TimeOut, and KeepAliveTimeout between requests).
# jetty.http.idleTimeout=30000

## Accepted for compatibility with the stock connector; this one accepts with its serving threads.
# jetty.http.acceptors=1

## Accepted for compatibility with the stock connector; this one has no selectors.
# jetty.http.selectors=-1

## The number of connections that the kernel keeps waiting, 0 for the platform default (httpd: ListenBackLog).
# jetty.http.acceptQueueSize=0

## Whether to enable the SO_REUSEADDR socket option.
# jetty.http.reuseAddress=true

## Whether to enable the SO_REUSEPORT socket option.
# jetty.http.reusePort=false

## Whether to enable the TCP_NODELAY socket option on accepted sockets.
# jetty.http.acceptedTcpNoDelay=true

## The SO_RCVBUF socket option to set on accepted sockets, in bytes (httpd: ReceiveBufferSize).
## A value of -1 indicates that the platform default is used.
# jetty.http.acceptedReceiveBufferSize=-1

## The SO_SNDBUF socket option to set on accepted sockets, in bytes (httpd: SendBufferSize).
## A value of -1 indicates that the platform default is used.
# jetty.http.acceptedSendBufferSize=-1
