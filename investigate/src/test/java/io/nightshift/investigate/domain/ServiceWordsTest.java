package io.nightshift.investigate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceWordsTest {

    private static final List<String> KNOWN = List.of(
            "demo/shop/checkout",
            "demo/shop/cart-service",
            "demo/shop/productcatalogservice",
            "demo/shop/ts-order-service",
            "demo/shop/recommendationEngine");

    @Test
    void a_service_is_named_by_its_name_or_its_id() {
        assertThat(found("Why is checkout slow?")).containsExactly("demo/shop/checkout");
        assertThat(found("what about demo/shop/cart-service?")).containsExactly("demo/shop/cart-service");
        assertThat(found("does the Recommendation Engine fail")).containsExactly("demo/shop/recommendationEngine");
    }

    @Test
    void people_leave_out_general_endings_and_write_names_as_one_word() {
        assertThat(found("why is cart slow")).containsExactly("demo/shop/cart-service");
        assertThat(found("is cartservice down?")).containsExactly("demo/shop/cart-service");
        assertThat(found("productcatalog errors")).containsExactly("demo/shop/productcatalogservice");
    }

    @Test
    void a_part_of_a_name_is_enough_when_nothing_fits_better() {
        assertThat(found("where do orders hang?")).containsExactly("demo/shop/ts-order-service");
    }

    @Test
    void several_services_may_be_named() {
        assertThat(found("why does checkout fail when cart service is fine?")).contains("demo/shop/checkout");
        assertThat(found("checkout or cart-service?")).containsExactly("demo/shop/cart-service", "demo/shop/checkout");
    }

    @Test
    void a_question_that_names_none_is_answered_with_those_that_there_are() {
        ServiceWords none = ServiceWords.resolve("why is the moon round?", List.of(), "", KNOWN);

        assertThat(none.services()).isEmpty();
        assertThat(none.trouble()).contains("names no service", "demo/shop/checkout", "demo/shop/ts-order-service");
    }

    @Test
    void a_service_named_apart_must_exist() {
        assertThat(ServiceWords.resolve("why?", List.of("checkout"), "", KNOWN).services())
                .containsExactly("demo/shop/checkout");
        assertThat(ServiceWords.resolve("why?", List.of("\u001b[31mpayments"), "", KNOWN)
                        .trouble())
                .contains("No service", "payments", "Known are")
                .doesNotContain("\u001b");
    }

    @Test
    void one_name_in_two_environments_needs_the_environment() {
        List<String> both = List.of("demo/shop/checkout", "prod/shop/checkout");

        assertThat(ServiceWords.resolve("checkout?", List.of(), "", both).trouble())
                .contains("«demo», «prod»", "name one");
        assertThat(ServiceWords.resolve("checkout?", List.of(), "prod", both).services())
                .containsExactly("prod/shop/checkout");
        assertThat(ServiceWords.resolve("checkout?", List.of(), "stage", both).trouble())
                .contains("No service is known in «stage»");
    }

    @Test
    void a_word_that_means_half_of_the_fleet_is_asked_back() {
        List<String> many = IntStream.range(0, 60)
                .mapToObj(i -> "demo/shop/order-" + i + "-worker")
                .toList();

        ServiceWords words = ServiceWords.resolve("why do orders hang", List.of(), "", many);

        assertThat(words.trouble()).contains("any of 60 services", "and 20 more");
    }

    private static List<String> found(String question) {
        return ServiceWords.resolve(question, List.of(), "", KNOWN).services();
    }
}
