package io.nightshift.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.runtime.testing.PlantedSecrets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretMaskTest {

    /** Secrets of every format in a random context of ordinary log text: none is ever seen again, wherever it stands. */
    @Test
    void noPlantedSecretSurvives() {
        PlantedSecrets.inEachFormat(7, 500, (line, secret) -> assertThat(SecretMask.mask(line, 4_000))
                .as(line)
                .doesNotContain(secret)
                .contains("***"));
    }

    @Test
    void aWholeDocumentKeepsItsLinesAndLosesItsSecrets() {
        assertThat(SecretMask.masked("# Runbook\n\tpassword: hunter2x\n- look"))
                .isEqualTo("# Runbook\n\tpassword: ***\n- look");
    }

    @Test
    void whatHelpsToUnderstandALineStays() {
        for (String line : List.of(
                "Order 17 placed for sku-3",
                "Connection to 10.3.4.5:5432 refused after 3 retries",
                "pod inventory-7d9f8b6c5-x2x9k on node ip-10-0-3-17 is not ready",
                "job_1445144423722_0020 took 1445144423 ms",
                "Retry policy is RetryUpToMaximumCountWithFixedSleep(10)",
                "java.lang.OutOfMemoryError: Java heap space at io.shop.inventory.StockCache.put(StockCache.java:41)",
                "instance b9000564-fe1a-409b-b8cc-1e88b294cd1d failed at 2026-11-23T03:12:45.123Z",
                "Too many authentication failures for root",
                "disk /dev/nvme0n1p1 is 97 % full")) {
            assertThat(SecretMask.mask(line, 400)).isEqualTo(line);
        }
    }

    @Test
    void numbersWithoutACheckDigitAreNoCardsAndNoAccounts() {
        assertThat(SecretMask.mask("took 4111111111111112 ns", 100)).contains("4111111111111112");
        assertThat(SecretMask.mask("took 4111111111111111 ns", 100)).doesNotContain("4111111111111111");
        assertThat(SecretMask.mask("to DE89 3704 0044 0532 0130 00 now", 100)).isEqualTo("to *** now");
        assertThat(SecretMask.mask("to DE88 3704 0044 0532 0130 00 now", 100)).contains("DE88 3704");
    }

    @Test
    void aPublicAddressLosesItsEndAndAPrivateOneStays() {
        assertThat(SecretMask.mask("from 203.0.113.77 port 22", 100)).isEqualTo("from 203.0.113.*** port 22");
        assertThat(SecretMask.mask("from 2001:db8:85a3::8a2e:370:7334 port 22", 100))
                .isEqualTo("from 2001:db8:*** port 22");
        assertThat(SecretMask.mask("from 192.168.7.9 and fe80::1", 100)).isEqualTo("from 192.168.7.9 and fe80::1");
    }

    @Test
    void aPrivateKeyThatIsCutOffIsMaskedToItsEnd() {
        assertThat(SecretMask.mask("key -----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc", 200))
                .isEqualTo("key ***");
    }

    @Test
    void endlessAndHostileTextIsMaskedInBoundedTime() {
        for (String part : List.of("a@", "password", "://", "1 ", "-----BEGIN PRIVATE KEY-----", "token=\"", "+1")) {
            assertThat(SecretMask.mask(part.repeat(500_000), 400).length()).isLessThanOrEqualTo(400);
        }
    }

    /** Wherever the reading of a long line ends, it does not end inside of a secret and show its beginning. */
    @Test
    void aSecretAtTheEndOfWhatIsReadDoesNotShow() {
        String key = "-----BEGIN PRIVATE KEY-----" + "A".repeat(300) + "-----END PRIVATE KEY----- ";
        for (int before = 0; before < 420; before++) {
            String line = key + "x".repeat(before) + " anna.muster@example.org";
            assertThat(SecretMask.mask(line, 120)).doesNotContain("anna");
        }
    }
}
