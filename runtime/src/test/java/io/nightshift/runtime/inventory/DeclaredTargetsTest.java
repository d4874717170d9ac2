package io.nightshift.runtime.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.ActionKind;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredTargetsTest {

    private static final String HTTP = """
            services: []
            targets:
              jobs:
                type: http
                base: https://jobs.example.com:8443
                headers:
                  Accept: application/json
                  Authorization: {env: JOBS_TOKEN, prefix: "Bearer "}
                state: {path: "/state/{instance}", read: {stateToken: /startedAt}}
                actions:
                  RESTART:
                    path: /jobs/restart/run
                    body: {on: "{instance}", force: false, count: 2, flag: "{arg.flag}"}
                    expect: [200]
                    poll: {id: /id, path: "/runs/{id}", status: /status, succeeded: [ok], failed: [bad]}
                    timeout: 90s
            """;

    private static final String KUBERNETES = """
            services: []
            targets:
              cluster:
                type: kubernetes
                namespace: shop
                workloads: {store: statefulset/store-db, pool: nodes}
                actions:
                  ROLLING_RESTART: {timeout: 4m}
                  RESTART: {}
                  SCALE: {min: 2, max: 8}
            """;

    private static TargetSpec target(String yaml) {
        return InventoryFile.of(ConfigFile.parse("inventory.yaml", yaml))
                .targets()
                .values()
                .iterator()
                .next();
    }

    @Test
    void anHttpTargetIsReadAndItsSecretStaysWhereItIs() {
        HttpTarget target = (HttpTarget) target(HTTP);

        assertThat(target.fenced()).isFalse();
        assertThat(target.base()).hasToString("https://jobs.example.com:8443");
        assertThat(target.headers()).containsExactly(Map.entry("Accept", "application/json"));
        assertThat(target.secretHeaders().get("Authorization").place()).contains("JOBS_TOKEN");
        HttpCallSpec call = target.actions().get(ActionKind.RESTART);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.body())
                .isEqualTo(
                        Map.of("on", "{instance}", "force", false, "count", new BigDecimal("2"), "flag", "{arg.flag}"));
        assertThat(call.isServiceWide()).isFalse();
        assertThat(call.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(call.poll()).singleElement().satisfies(poll -> assertThat(poll.every())
                .isEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void aKubernetesTargetIsRead() {
        KubernetesTarget target = (KubernetesTarget) target(KUBERNETES);

        assertThat(target.fenced()).isTrue();
        assertThat(target.workloadOf("store"))
                .isEqualTo(new KubernetesTarget.Workload(KubernetesTarget.Kind.STATEFULSET, "store-db"));
        assertThat(target.workloadOf("orders"))
                .isEqualTo(new KubernetesTarget.Workload(KubernetesTarget.Kind.DEPLOYMENT, "orders"));
        assertThat(target.actions().get(ActionKind.ROLLING_RESTART).isServiceWide())
                .isTrue();
        assertThat(target.actions().get(ActionKind.RESTART).isServiceWide()).isFalse();
        assertThat(target.actions().get(ActionKind.SCALE).max()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            https://jobs.example.com:8443 | http://169.254.169.254          | 5  | never called
            https://jobs.example.com:8443 | http://[fe80::1]                | 5  | never called
            https://jobs.example.com:8443 | http://[fd00:ec2::254]          | 5  | never called
            https://jobs.example.com:8443 | http://2852039166               | 5  | never called
            https://jobs.example.com:8443 | http://[::ffff:169.254.169.254] | 5  | never called
            https://jobs.example.com:8443 | http://127.0.0.1:8080           | 5  | allowLoopback: true
            https://jobs.example.com:8443 | http://localhost                | 5  | allowLoopback: true
            https://jobs.example.com:8443 | http://10.1.2.3                 | 5  | allowPrivate: true
            https://jobs.example.com:8443 | https://me:pw@jobs.example.com  | 5  | don't belong into a URL
            https://jobs.example.com:8443 | "https://{instance}.example.com" | 5  | the server must be fixed
            https://jobs.example.com:8443 | ftp://jobs.example.com          | 5  | write https://HOST
            https://jobs.example.com:8443 | https://jobs.example.com/run    | 5  | into each call's 'path'
            Accept: application/json      | Host: elsewhere                 | 7  | can't be declared
            {env: JOBS_TOKEN, prefix      | {env: A, file: b, prefix        | 8  | the one place
            "/state/{instance}"           | "/state/{token}"                | 9  | the placeholder {token} is unknown
            {stateToken: /startedAt}      | {changedAt: /at}                | 9  | 'stateToken' is missing
            stateToken: /startedAt        | stateToken: startedAt           | 9  | is no JSON pointer
            path: /jobs/restart/run       | path: "//elsewhere/run"         | 12 | no path of the server
            path: /jobs/restart/run       | path: /jobs/../admin            | 12 | no path of the server
            path: /jobs/restart/run       | pth: /jobs/restart/run          | 12 | did you mean 'path'?
            on: "{instance}"              | on: "{instnce}"                 | 13 | the placeholder {instnce} is unknown
            on: "{instance}"              | "{instance}": on                | 13 | only values may
            expect: [200]                 | expect: [100]                   | 14 | no HTTP status that ends a call
            poll: {id: /id                | poll: {id: id                   | 15 | is no JSON pointer
            type: http                    | type: htpp                      | 4  | did you mean 'http'?
            """)
    void anHttpTargetThatCouldReachElsewhereIsRefusedWithLineAndRemedy(
            String good, String bad, int line, String remedy) {
        assertThat(HTTP).contains(good);
        assertThatThrownBy(() -> target(HTTP.replace(good, bad)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("inventory.yaml:" + line + ":")
                .hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            namespace: shop      | namespace: "*"           | 5  | the one namespace
            namespace: shop      | namspace: shop           | 5  | did you mean 'namespace'?
            statefulset/store-db | pod/store                | 6  | is no workload
            statefulset/store-db | statefulset/             | 6  | is no name of a statefulset
            RESTART: {}          | CLEAR_CACHE: {}          | 9  | can't be done through the Kubernetes API
            min: 2, max: 8       | min: 0, max: 8           | 10 | at least 1
            min: 2, max: 8       | max: 8                   | 10 | 'min' is missing
            timeout: 4m          | timeout: 4m, max: 3      | 8  | 'max' is unknown
            """)
    void aKubernetesTargetThatIsTooWideIsRefusedWithLineAndRemedy(String good, String bad, int line, String remedy) {
        assertThat(KUBERNETES).contains(good);
        assertThatThrownBy(() -> target(KUBERNETES.replace(good, bad)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("inventory.yaml:" + line + ":")
                .hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.1.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "fe80::1",
                "ff02::1",
                "::",
                "fd00:ec2::254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1"
            })
    void someAddressesAreNeverCalledWhateverIsDeclared(String address) throws UnknownHostException {
        assertThat(new AddressRule(true, true).against(InetAddress.getByName(address)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd12::1", "64:ff9b::a00:1"})
    void privateAddressesAreCalledOnlyWhereThatIsDeclared(String address) throws UnknownHostException {
        InetAddress there = InetAddress.getByName(address);
        assertThat(new AddressRule(false, true).against(there)).isPresent();
        assertThat(new AddressRule(true, false).against(there)).isEmpty();
    }

    @Test
    void loopbackIsCalledOnlyWhereThatIsDeclared() throws UnknownHostException {
        for (String address : List.of("127.0.0.1", "127.8.8.8", "::1")) {
            InetAddress there = InetAddress.getByName(address);
            assertThat(new AddressRule(true, false).against(there)).isPresent();
            assertThat(new AddressRule(false, true).against(there)).isEmpty();
        }
        assertThat(new AddressRule(false, false).against(InetAddress.getByName("93.184.215.14")))
                .isEmpty();
    }

    @Test
    void aShellAmongTheArgumentsIsRefusedToo() {
        String yaml = """
                services: []
                targets:
                  box:
                    state: {argv: [/opt/state, "{serviceId}"]}
                    actions:
                      RESTART: {argv: [docker, exec, "{instance}", /bin/sh, -c, reboot]}
                """;
        assertThatThrownBy(() -> target(yaml))
                .hasMessageContaining("inventory.yaml:6:")
                .hasMessageContaining("'/bin/sh' is a shell")
                .hasMessageContaining("put the steps into a script file");
    }

    private static final String EVIDENCE = """
            services: []
            targets:
              box:
                state: {argv: [/opt/state, "{instance}"]}
                evidence:
                  threads: {argv: [/opt/threads, "{instance}"], timeout: 3s}
                  heap-histogram: {argv: [/opt/heap, "{instance}"]}
                actions:
                  RESTART: {argv: [/opt/restart, "{instance}"]}
            """;

    @Test
    void evidenceIsReadByItsNamesAndTakesTenSecondsAtMost() {
        CommandTarget box = (CommandTarget) target(EVIDENCE);
        assertThat(box.evidence().keySet()).containsExactly("heap-histogram", "threads");
        assertThat(box.evidence().get("threads").timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(box.evidence().get("heap-histogram").timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            argv: [/opt/threads, "{instance}"] | argv: [/bin/sh, -c, "jstack 1"] | 6 | no shell or launcher is allowed
            argv: [/opt/threads, "{instance}"] | argv: [/opt/x, "{token}"]       | 6 | the placeholder {token} is unknown
            argv: [/opt/threads, "{instance}"] | argv: []                        | 6 | the list is empty
            timeout: 3s                        | timeout: 11s                    | 6 | must be at most 10s
            timeout: 3s                        | within: 3s                      | 6 | 'within' is unknown
            threads:                           | "../threads":                   | 6 | such as heap-histogram
            """)
    void evidenceThatCouldDoMoreThanLookIsRefusedWithLineAndRemedy(String good, String bad, int line, String remedy) {
        assertThat(EVIDENCE).contains(good);
        assertThatThrownBy(() -> target(EVIDENCE.replace(good, bad)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("inventory.yaml:" + line + ":")
                .hasMessageContaining(remedy);
    }

    @Test
    void moreEvidenceThanThereIsTimeForIsRefused() {
        StringBuilder many = new StringBuilder("evidence:\n");
        for (int i = 0; i < 9; i++) {
            many.append("      e").append(i).append(": {argv: [/opt/look]}\n");
        }
        assertThatThrownBy(() -> target(EVIDENCE.replace("evidence:\n", many.toString())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("inventory.yaml:")
                .hasMessageContaining("keep the 8 that tell most");
    }
}
