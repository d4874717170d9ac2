package io.nightshift.shop;

import io.nightshift.shop.service.Service;
import java.nio.file.Path;
import java.util.Locale;

/** The main class of every process in the shop that serves users: {@code --role inventory --instance inventory-1 ...}. */
public final class ShopService {

    private ShopService() {}

    public static void main(String[] args) throws Exception {
        ParentWatch.start();
        Arguments arguments = Arguments.parse(args);
        Role role = Role.valueOf(arguments.required("role").toUpperCase(Locale.ROOT));
        Service.start(
                new Home(Path.of(arguments.required("home"))),
                role,
                arguments.required("instance"),
                arguments.required("version"),
                arguments.number("port"));
    }
}
