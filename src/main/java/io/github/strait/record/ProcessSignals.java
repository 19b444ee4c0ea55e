package io.github.strait.record;

import java.io.Closeable;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Handles signals that are sent to this process, until closed. Shutdown hooks would not do: the JVM would be ending, with
 * its own exit status, while the traced program may handle the signal and go on, and a hook does not learn which signal
 * it was.
 *
 * <p>{@code sun.misc.Signal} is the only way, exported by {@code jdk.unsupported} on purpose. It is called by reflection,
 * because javac warns of it and that warning cannot be suppressed.
 */
final class ProcessSignals implements Closeable {
    /** The number that shells add to a signal's number to form an exit status. */
    private static final int BY_SIGNAL = 128;

    private final Map<Object, Object> before = new LinkedHashMap<>();

    /** Calls the handler with the name of each signal that arrives, in a thread of its own. */
    ProcessSignals(List<String> names, Consumer<String> handler) {
        for (String name : names) {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> type = Class.forName("sun.misc.SignalHandler");
                Object proxy = Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                            handler.accept(name);
                            return null;
                        });
                Object number = signal.getConstructor(String.class).newInstance(name);
                before.put(number, swap(number, proxy));
            } catch (ReflectiveOperationException e) {
                // A JVM without that class, or under -Xrs: the signal does what it always does.
            }
        }
    }

    /** The exit status of a process that the signal of this name ended. */
    static int status(String name) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Object signal = type.getConstructor(String.class).newInstance(name);
            return BY_SIGNAL + (int) type.getMethod("getNumber").invoke(signal);
        } catch (ReflectiveOperationException e) {
            return StartStatus.FAILED;
        }
    }

    /** The JVM leaves a signal ignored that its caller had it ignore, as nohup does. */
    private static Object swap(Object signal, Object handler) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        return signal.getClass().getMethod("handle", signal.getClass(), type).invoke(null, signal, handler);
    }

    @Override
    public void close() {
        before.forEach((signal, handler) -> {
            try {
                swap(signal, handler);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
