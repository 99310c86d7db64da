package io.github.jettympm.protocol;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Handlers for the signals of the operating system, which Java has in {@code sun.misc.Signal}. By reflection, since the
 * compiler warns of that class although the module jdk.unsupported exports it.
 */
public final class Signals {
    private Signals() {}

    /** Puts a signal's former handler back. */
    public interface Former {
        /** Handles the signal as before. */
        void restore();
    }

    /**
     * Ignores a signal.
     *
     * @param name without {@code SIG}, such as {@code INT}
     * @throws ReflectiveOperationException if this virtual machine does not know such handlers
     */
    public static void ignore(String name) throws ReflectiveOperationException {
        install(
                name,
                Class.forName("sun.misc.SignalHandler").getField("SIG_IGN").get(null));
    }

    /**
     * Handles a signal.
     *
     * @param name without {@code SIG}, such as {@code HUP}
     * @param action called by a thread of its own each time that the signal comes
     * @return what puts the former handler back
     * @throws ReflectiveOperationException if this virtual machine does not know such handlers, or keeps that signal for
     *     itself
     */
    public static Former handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        Object handler =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(action, arguments);
                    }
                    action.run();
                    return null;
                });
        Object former = install(name, handler);
        return () -> {
            try {
                install(name, former);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot put the handler of SIG" + name + " back", e);
            }
        };
    }

    private static Object install(String name, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
        return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    }
}
