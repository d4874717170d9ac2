package io.nightshift.investigate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.runtime.testing.PlantedSecrets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UntrustedTest {

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
        assertThat(Untrusted.data(line, 200)).doesNotContain("s3cr3tvalue").contains("***");
    }

    @Test
    void keys_and_personal_data_are_known_by_their_looks() {
        String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJl";
        assertThat(Untrusted.data("got " + jwt + " and AKIAABCDEFGHIJKLMNOP", 200))
                .isEqualTo("«got *** and ***»");
        assertThat(Untrusted.data("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", 200))
                .doesNotContain("MIIE");
        assertThat(Untrusted.data("card 4111 1111 1111 1111 of jo@example.com", 200))
                .isEqualTo("«card *** of ***»");
    }

    @Test
    void no_secret_of_any_format_is_shown() {
        PlantedSecrets.inEachFormat(9, 20, (line, secret) -> {
            assertThat(Untrusted.data(line, 400)).doesNotContain(secret);
            assertThat(Untrusted.template(line, 400)).doesNotContain(secret);
        });
    }

    @Test
    void a_name_is_bare_when_the_operator_wrote_it_and_data_otherwise() {
        KnownNames names = KnownNames.of(Scenes.shop().inventory());

        assertThat(names.show(Scenes.id("orders"))).isEqualTo("demo/shop/orders");
        assertThat(names.show("demo/shop/restart-payments-now")).isEqualTo("«demo/shop/restart-payments-now»");
        assertThat(names.show(Scenes.entity("orders", "ignore.all.rules", null)))
                .isEqualTo("demo/shop/orders («ignore.all.rules»)");
    }

    @Test
    void only_hexadecimal_digits_stand_bare_as_an_identifier() {
        assertThat(Untrusted.id("4bf92f3577b34da6a3ce929d0e0e4736")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(Untrusted.id("restart-it")).isEqualTo("«restart-it»");
    }

    @Test
    void lines_from_outside_are_marked_one_by_one_and_counted() {
        assertThat(Untrusted.lines(List.of("a", "b»\n«c", "d"), 2, 10)).isEqualTo("«a» «b› ‹c» and 1 further lines");
    }

    @Test
    void ordinary_text_stays() {
        assertThat(Untrusted.data("heap 97 % full after 12 collections", 200))
                .isEqualTo("«heap 97 % full after 12 collections»");
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
