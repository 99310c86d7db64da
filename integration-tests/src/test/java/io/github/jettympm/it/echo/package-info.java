/** The servlets of the echo WAR: they run in the server under test, not in the test. */
package io.github.jettympm.it.echo;
