package io.nightshift.investigate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=s3cr3tvalue",
                "{\"apiKey\": \"s3cr3tvalue\"}",
                "Authorization: Bearer s3cr3tvalue.abc",
                "jdbc:postgresql://app:s3cr3tvalue@db/x",
                "DB_PASSWORD='s3cr3tvalue'",
                "client_secret: s3cr3tvalue, next"
            })
    void a_secret_after_a_telling_name_is_taken_out(String line) {
        assertThat(Untrusted.data(line, 200)).doesNotContain("s3cr3tvalue").contains("[redacted]");
    }

    @Test
    void keys_are_known_by_their_looks() {
        String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJl";
        assertThat(Redaction.of("got " + jwt + " and AKIAABCDEFGHIJKLMNOP")).isEqualTo("got [redacted] and [redacted]");
        assertThat(Redaction.of("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"))
                .doesNotContain("MIIE");
    }

    @Test
    void ordinary_text_stays() {
        assertThat(Redaction.of("heap 97 % full after 12 collections"))
                .isEqualTo("heap 97 % full after 12 collections");
    }

    @Test
    void a_megabyte_of_text_costs_little_and_is_cut() {
        String line = "password ".repeat(200_000);
        assertThat(Untrusted.data(line, 100)).hasSizeLessThan(110);
    }

    @Test
    void numbers_and_identifiers_become_one_template() {
        assertThat(Untrusted.template("order 17 took 300ms in 4bf92f3577b34da6a3ce929d0e0e4736", 100))
                .isEqualTo(Untrusted.template("order 99 took 300ms in 00f067aa0ba902b7a3ce929d0e0e4736", 100));
    }
}
