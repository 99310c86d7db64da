[description]
Enables a clear-text HTTP connector that parks connections at event loops and takes a thread only while a request is active,
as the event MPM of Apache httpd.
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
etc/jetty-event-http.xml

[ini-template]
### Event connector

### Settings that it shares with the stock connector

## The host/address to bind the connector to (httpd: Listen).
# jetty.http.host=0.0.0.0

## The port the connector listens on (httpd: Listen).
# jetty.http.port=8080

## The connector idle timeout, in milliseconds: how long a connection may be without a byte read or written
## (httpd: TimeOut, and KeepAliveTimeout between requests).
# jetty.http.idleTimeout=30000

## Accepted for compatibility with the stock connector; this one accepts with its event loops.
# jetty.http.acceptors=1

## The number of event loops (-1 picks a default value: half the number of cores, at least 1).
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
