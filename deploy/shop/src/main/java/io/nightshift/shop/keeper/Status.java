package io.nightshift.shop.keeper;

import java.util.List;

/** What the keeper knows of the whole shop. */
public record Status(List<ServiceStatus> services, List<InstanceStatus> instances) {

    /** @param history the releases that ran, oldest first; the last is the current one */
    public record ServiceStatus(String service, String version, String previous, List<String> history) {}

    /**
     * @param state STOPPED, STARTING, READY, DRAINED, DRAINING or CRASHED
     * @param pid 0 where no process runs
     * @param startedAt start of the process, ISO 8601, or empty
     * @param stateToken changes when, and only when, the process does
     * @param restartCount how often a new process took over on request
     * @param crashes how often a process ended unasked
     */
    public record InstanceStatus(
            String instance,
            String service,
            String version,
            String state,
            int port,
            long pid,
            String startedAt,
            String stateToken,
            int restartCount,
            int crashes) {}

    String asText() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%-12s %-10s %-8s %-9s %6s %8s %9s %8s  %s%n",
                "INSTANCE", "SERVICE", "VERSION", "STATE", "PORT", "PID", "RESTARTS", "CRASHES", "STARTED"));
        for (InstanceStatus i : instances) {
            text.append(String.format(
                    "%-12s %-10s %-8s %-9s %6d %8d %9d %8d  %s%n",
                    i.instance(),
                    i.service(),
                    i.version(),
                    i.state(),
                    i.port(),
                    i.pid(),
                    i.restartCount(),
                    i.crashes(),
                    i.startedAt()));
        }
        return text.toString();
    }

    /** Only what concerns one service or one instance. */
    Status of(String name) {
        List<InstanceStatus> some = instances.stream()
                .filter(i -> i.service().equals(name) || i.instance().equals(name))
                .toList();
        return new Status(
                services.stream()
                        .filter(s -> some.stream().anyMatch(i -> i.service().equals(s.service())))
                        .toList(),
                some);
    }
}
