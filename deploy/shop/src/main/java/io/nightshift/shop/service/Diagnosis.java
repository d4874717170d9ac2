package io.nightshift.shop.service;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What HotSpot tells of its own process, as {@code jcmd} would: its {@code DiagnosticCommand} bean needs no tool beside the
 * process. Nothing is collected for it, so that a look changes no reading of the heap.
 */
final class Diagnosis {
    private static final String HISTOGRAM = "gcClassHistogram";
    private static final String THREADS = "threadPrint";

    private Diagnosis() {}

    /** @return empty when there is no such thing */
    static Optional<String> of(String what) throws JMException {
        return switch (what) {
            case "heap-histogram" -> Optional.of(told(HISTOGRAM, "-all"));
            case "threads" -> Optional.of(told(THREADS));
            default -> Optional.empty();
        };
    }

    private static String told(String operation, String... words) throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        operation,
                        new Object[] {words},
                        new String[] {String[].class.getName()});
    }
}
