/** What a service manager, such as systemd, is told about this process. Knows no Jetty. */
package io.github.jettympm.systemd;
