package io.github.jettympm.control;

import java.io.IOException;
import java.io.PrintStream;
import org.apache.commons.cli.ParseException;

/**
 * The command {@code mpm}: looks at a running server and asks it to do something, from the same machine and with the rights
 * of whoever calls it.
 */
public final class Mpm {
    /** The exit statuses, which scripts rely on. */
    enum Exit {
        /** It is done, or the server was asked to do it. */
        DONE(0),

        /** It could not be done. */
        FAILED(1),

        /** The command line is not understood. */
        USAGE(2),

        /** There is no such server. */
        NOT_RUNNING(3);

        private final int code;

        Exit(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private final PrintStream out;
    private final PrintStream error;

    Mpm(PrintStream out, PrintStream error) {
        this.out = out;
        this.error = error;
    }

    /**
     * Runs the command and ends the process with its exit status.
     *
     * @param arguments a command and options
     */
    public static void main(String[] arguments) {
        System.exit(new Mpm(System.out, System.err).run(arguments).code());
    }

    Exit run(String... arguments) {
        try {
            Order order = Order.parse(arguments);
            if (order.verb() == Order.Verb.HELP) {
                out.print(Order.help());
                return Exit.DONE;
            }
            RunningServer server = RunningServer.in(order.base());
            out.print(new Execution(server, order).run());
            return Exit.DONE;
        } catch (ParseException e) {
            error.println("mpm: " + e.getMessage() + "; try --help");
            return Exit.USAGE;
        } catch (NotRunningException e) {
            error.println("mpm: " + e.getMessage());
            return Exit.NOT_RUNNING;
        } catch (IOException e) {
            error.println("mpm: " + e.getMessage());
            return Exit.FAILED;
        }
    }
}
