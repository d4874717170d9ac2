package io.nightshift.bench.chaos;

import io.nightshift.schemas.ServiceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The services of a trial. Besides those that fall ill there is one that holds data, {@value #VAULT}.
 *
 * @param services how many can fall ill
 * @param instances instances of each
 * @param timeout of an effect, seconds
 * @param level autonomy level of each service: at 4 it is acted alone, at 3 a person is asked
 */
record Estate(int services, int instances, int timeout, int level) {

    static final String ENVIRONMENT = "chaos";
    static final String VAULT = "vault";

    List<String> names() {
        return IntStream.range(0, services).mapToObj(Estate::name).toList();
    }

    static String name(int number) {
        return String.format(Locale.ROOT, "s%04d", number);
    }

    List<String> instancesOf(String service) {
        return IntStream.rangeClosed(1, instances)
                .mapToObj(i -> service + "-" + i)
                .toList();
    }

    static ServiceKey key(String service) {
        return new ServiceKey(ENVIRONMENT, "estate", service);
    }

    /** Writes the inventory that names the oracle for all of them. */
    void writeInventory(Path file, Path oracle) throws IOException {
        StringBuilder yaml = new StringBuilder("environment: " + ENVIRONMENT + "\nservices:\n");
        names().forEach(name -> service(yaml, name, false, oracle));
        service(yaml, VAULT, true, oracle);
        yaml.append("""
                targets:
                  oracle:
                    fenced: true
                    state: {argv: [ORACLE, state, "{instance}"]}
                    actions:
                      RESTART:
                        argv: [ORACLE, restart, "{instance}", "{actionId}", "{token}", "{planHash}"]
                        timeout: TIMEOUTs
                      DRAIN:
                        argv: [ORACLE, drain, "{instance}", "{actionId}", "{token}", "{planHash}"]
                        timeout: TIMEOUTs
                      UNDRAIN:
                        argv: [ORACLE, undrain, "{instance}", "{actionId}", "{token}", "{planHash}"]
                        timeout: TIMEOUTs
                """.replace("ORACLE", oracle.toString()).replace("TIMEOUT", String.valueOf(timeout)));
        Files.writeString(file, yaml.toString());
    }

    private void service(StringBuilder yaml, String name, boolean isProtected, Path oracle) {
        yaml.append("""
                  - name: NAME
                    namespace: estate
                    level: LEVEL
                    protected: PROTECTED
                    instances: INSTANCES
                    minHealthy: 0
                    target: oracle
                    probes:
                      - name: heap
                        argv: [ORACLE, probe, "{instance}"]
                        healthyBelow: 0.9
                        supports: [MEMORY_LEAK]
                        supportsAbove: 0.85
                """.replace("NAME", name)
                .replace("PROTECTED", String.valueOf(isProtected))
                .replace("LEVEL", String.valueOf(level))
                .replace("INSTANCES", instancesOf(name).toString())
                .replace("ORACLE", oracle.toString()));
    }
}
