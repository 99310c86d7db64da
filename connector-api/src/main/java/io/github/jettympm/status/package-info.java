/** What the connectors of a server do, for people, for monitoring and for the command line. */
package io.github.jettympm.status;
