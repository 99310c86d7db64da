/** The command line of a running server: reads what its processes say, and asks them by signals. Knows no Jetty. */
package io.github.jettympm.control;
