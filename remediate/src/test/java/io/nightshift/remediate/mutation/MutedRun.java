package io.nightshift.remediate.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.nightshift.embedded.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests against classes of their own, one of which may be muted. */
final class MutedRun extends ClassLoader {

    private final Optional<Mutation> mutation;
    private final Optional<byte[]> muted;

    private MutedRun(Optional<Mutation> mutation) throws IOException {
        super(MutedRun.class.getClassLoader());
        this.mutation = mutation;
        // Here, where it can be told, and not when a test first asks for the class.
        this.muted = mutation.isEmpty()
                ? Optional.empty()
                : Optional.of(mutation.get().mute(original(mutation.get().className())));
    }

    private static byte[] original(String name) throws IOException {
        try (InputStream in = MutedRun.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    /**
     * Names of the tests that failed, as {@code Class.method}.
     *
     * @param mutation none for the classes as they are
     */
    static TreeSet<String> failures(Optional<Mutation> mutation, List<String> tests) throws Exception {
        MutedRun classes = new MutedRun(mutation);
        if (tests.stream().anyMatch(test -> test.startsWith("worker."))) {
            classes.lendBroker();
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            return classes.run(tests);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private TreeSet<String> run(List<String> tests) throws ClassNotFoundException {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (String test : tests) {
            String[] parts = test.split("#");
            Class<?> type = loadClass(Mutation.ROOT + parts[0]);
            selectors.add(parts.length == 1 ? selectClass(type) : selectMethod(type, method(type, parts[1])));
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        Failures failures = new Failures();
        LauncherFactory.create().execute(request, failures);
        if (failures.ran == 0) {
            throw new IllegalStateException("no test was found by " + tests);
        }
        return failures.names;
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no test was found: " + type.getName() + "#" + name));
    }

    private static final class Failures implements TestExecutionListener {
        private final TreeSet<String> names = new TreeSet<>();
        private int ran;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                ran++;
            }
            if (test.isTest() && result.getStatus() == TestExecutionResult.Status.FAILED) {
                names.add(name(test));
            }
        }

        private static String name(TestIdentifier test) {
            return test.getSource()
                    .map(source -> source instanceof org.junit.platform.engine.support.descriptor.MethodSource method
                            ? method.getClassName().replaceAll(".*\\.", "") + "." + method.getMethodName()
                            : source.toString())
                    .orElse(test.getDisplayName());
        }
    }

    /** One broker for all runs: each test has topics of its own there. */
    private void lendBroker() throws ReflectiveOperationException {
        Field field = loadClass(Mutation.ROOT + "worker.Night").getDeclaredField("broker");
        field.setAccessible(true);
        field.set(null, Broker.SHARED);
    }

    /** Started when it is first lent; it lives as long as the process, as that of the tests does. */
    private static final class Broker {
        private static final EmbeddedBroker SHARED = EmbeddedBroker.ephemeral();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(Mutation.ROOT)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] original = in.readAllBytes();
            boolean isMuted = mutation.filter(of -> of.className().equals(name)).isPresent();
            byte[] bytes = isMuted ? muted.orElseThrow() : original;
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
