package io.nightshift.runtime.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.schemas.ServiceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryFileTest {

    private static final String GOOD = """
            environment: demo
            services:
              - name: inventory
                namespace: shop
                level: 4
                failureDomain: zone-a
                instances: [inventory-1, inventory-2]
                addresses: ["127.0.0.1:8080"]
                target: shop
                probes:
                  - name: heap
                    argv: [/opt/shop/shopctl, probe, heap, "{instance}"]
                    timeout: 3s
                    healthyBelow: 0.9
                    supports: [MEMORY_LEAK]
                    supportsAbove: 0.9
              - name: store
                namespace: shop
                environment: other
                protected: true
                instances: [store-1]
            targets:
              shop:
                fenced: true
                state: {argv: [/opt/shop/shopctl, status, "{instance}"], timeout: 3s}
                actions:
                  RESTART: {argv: [/opt/shop/shopctl, restart, "{instance}", --token, "{token}"], timeout: 30s}
            """;

    @TempDir
    private Path folder;

    private Inventory read(String yaml) throws IOException {
        return InventoryFile.read(Files.writeString(folder.resolve("inventory.yaml"), yaml));
    }

    @Test
    void aWholeInventoryIsRead() throws IOException {
        Inventory inventory = read(GOOD);

        InventoryService service = inventory.service("demo/shop/inventory").orElseThrow();
        assertThat(service.level()).isEqualTo(4);
        assertThat(service.minHealthy()).isEqualTo(1);
        assertThat(service.instances()).containsExactly("inventory-1", "inventory-2");
        assertThat(service.probes()).singleElement().satisfies(probe -> {
            assertThat(probe.healthyBelow()).isEqualTo(0.9);
            assertThat(probe.supports()).containsExactly(CauseClass.MEMORY_LEAK);
            assertThat(probe.command().timeout()).isEqualTo(Duration.ofSeconds(3));
        });
        CommandTarget target = (CommandTarget) inventory.targetOf(service).orElseThrow();
        assertThat(target.fenced()).isTrue();
        assertThat(target.actions().get(ActionKind.RESTART).argv()).contains("{instance}", "{token}");
        InventoryService store =
                inventory.service(new ServiceKey("other", "shop", "store")).orElseThrow();
        assertThat(store.isProtected()).isTrue();
        assertThat(store.level()).isEqualTo(3);
        assertThat(store.minHealthy()).isZero();
        assertThat(inventory.targetOf(store)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            level: 4                    | level: 6                        | 5  | the autonomy level must be 1 (manual)
            level: 4                    | levle: 4                        | 5  | did you mean 'level'?
            target: shop                | target: shopp                   | 9  | did you mean 'shop'?
            [inventory-1, inventory-2]  | []                              | 9  | an empty list never means all
            [inventory-1, inventory-2]  | ['*']                           | 7  | list each one by its id
            [inventory-1, inventory-2]  | [All]                           | 7  | list each one by its id
            [inventory-1, inventory-2]  | [--force]                       | 7  | taken for an option
            [inventory-1, inventory-2]  | [a, a]                          | 7  | stands twice
            failureDomain: zone-a       | minHealthy: 3                   | 6  | must be 0 to 2
            [MEMORY_LEAK]               | [MEMORY_LEEK]                   | 15 | did you mean 'MEMORY_LEAK'?
            [MEMORY_LEAK]               | [UNKNOWN]                       | 15 | 'UNKNOWN' is unknown
            RESTART: {argv              | REBOOT: {argv                   | 27 | 'REBOOT' is unknown
            restart, "{instance}"       | restart, "{instnce}"            | 27 | the placeholder {instnce} is unknown
            probe, heap, "{instance}"   | probe, heap, "{token}"          | 12 | the placeholder {token} is unknown
            timeout: 30s                | timeout: 30                     | 27 | write the unit
            timeout: 30s                | timeout: 0s                     | 27 | above zero
            """)
    void whatIsWrongIsRefusedWithLineAndRemedy(String good, String bad, int line, String remedy) throws IOException {
        assertThat(GOOD).contains(good);
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("inventory.yaml:" + line + ":")
                .hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "'sh, -c, \"rm x\"'",
        "'/bin/bash, run.sh'",
        "'C:\\tools\\cmd.exe, /c, dir'",
        "'/usr/bin/env, sh'",
        "'busybox, sh'",
        "'sudo, reboot'",
        "'\"{instance}\", restart'",
        "''",
    })
    void nothingThatCouldRunOtherCommandsIsAProgram(String argv) {
        String yaml =
                GOOD.replace("[/opt/shop/shopctl, restart, \"{instance}\", --token, \"{token}\"]", "[" + argv + "]");

        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("inventory.yaml:27:");
    }

    @Test
    void aServiceThatStandsTwiceIsRefused() {
        String yaml = GOOD.replace("name: store", "name: inventory").replace("environment: other", "environment: demo");

        assertThatThrownBy(() -> read(yaml))
                .hasMessageContaining("inventory.yaml:17:")
                .hasMessageContaining("demo/shop/inventory stands twice");
    }

    @Test
    void causesNeedTheValueFromWhichAProbeSpeaksForThem() {
        assertThatThrownBy(() -> read(GOOD.replace("        supportsAbove: 0.9\n", "")))
                .hasMessageContaining("'supports' needs 'supportsAbove'");
    }
}
