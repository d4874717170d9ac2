package io.nightshift.shop;

import io.nightshift.shop.keeper.Keeper;
import java.nio.file.Path;

/** The main class of the shop's process manager: {@code --home FOLDER}. */
public final class ShopKeeper {

    private ShopKeeper() {}

    public static void main(String[] args) throws Exception {
        ParentWatch.start();
        Keeper.start(new Home(Path.of(Arguments.parse(args).required("home"))));
    }
}
