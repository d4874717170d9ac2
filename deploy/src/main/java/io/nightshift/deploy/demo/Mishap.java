package io.nightshift.deploy.demo;

import io.nightshift.shop.Shop;
import java.io.IOException;

/** Something that goes wrong in the shop, as it is brought in. */
@FunctionalInterface
interface Mishap {

    void bringInto(Shop shop) throws IOException, InterruptedException;
}
