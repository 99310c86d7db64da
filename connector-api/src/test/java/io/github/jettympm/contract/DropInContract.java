package io.github.jettympm.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;
import org.eclipse.jetty.util.annotation.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connector that takes the place of {@code ServerConnector} in a configuration by its class name alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DropInContract {
    private final Class<? extends AbstractConnector> connector;

    /**
     * Makes the tests of a connector.
     *
     * @param connector its class
     */
    protected DropInContract(Class<? extends AbstractConnector> connector) {
        this.connector = connector;
    }

    static Stream<Constructor<?>> constructors() {
        return Arrays.stream(ServerConnector.class.getConstructors());
    }

    static Stream<Method> setters() {
        return Arrays.stream(ServerConnector.class.getMethods())
                .filter(method -> method.getName().startsWith("set"));
    }

    static Stream<Method> managedAttributes() {
        return Arrays.stream(ServerConnector.class.getMethods())
                .filter(method -> method.isAnnotationPresent(ManagedAttribute.class))
                .filter(method -> !method.getName().equals("getSelectorManager"));
    }

    private static List<String> names(Constructor<?> constructor) {
        return Arrays.stream(constructor.getParameters())
                .map(DropInContract::name)
                .toList();
    }

    private static String name(Parameter parameter) {
        return parameter.getAnnotation(Name.class).value();
    }

    @ParameterizedTest
    @MethodSource
    void constructors(Constructor<?> stock) {
        Constructor<?> ours = assertDoesNotThrow(() -> connector.getConstructor(stock.getParameterTypes()));

        assertEquals(names(stock), names(ours));
        assertEquals(stock.isVarArgs(), ours.isVarArgs());
    }

    @ParameterizedTest
    @MethodSource
    void setters(Method stock) {
        Method ours = assertDoesNotThrow(() -> connector.getMethod(stock.getName(), stock.getParameterTypes()));

        assertTrue(Modifier.isPublic(ours.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource
    void managedAttributes(Method stock) {
        Method ours = assertDoesNotThrow(() -> connector.getMethod(stock.getName()));

        assertEquals(stock.getReturnType(), ours.getReturnType());
        assertTrue(isManaged(stock.getName()), stock.getName());
    }

    /** JMX finds an annotation on an overridden method, too. */
    private boolean isManaged(String getter) {
        Class<?> type = connector;
        while (type != null) {
            boolean found = Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(method ->
                            method.getName().equals(getter) && method.isAnnotationPresent(ManagedAttribute.class));
            if (found) {
                return true;
            }
            type = type.getSuperclass();
        }
        return false;
    }

    @Test
    void connectorIsManaged() {
        assertNotNull(connector.getAnnotation(ManagedObject.class));
    }

    @Test
    void everySetterHasAManagedGetter() {
        for (Method setter : connector.getDeclaredMethods()) {
            boolean isSetter = setter.getName().startsWith("set") && Modifier.isPublic(setter.getModifiers());
            String name = setter.getName().substring(3);
            assertTrue(
                    !isSetter || isManaged("get" + name) || isManaged("is" + name) || name.equals("ChildCommand"),
                    setter::toString);
        }
    }
}
