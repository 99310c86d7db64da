package io.github.jettympm.it;

/** WARs that others wrote, used as their users use them. */
abstract class WarsContract extends SharedWarsContract implements MemoryCases {
    WarsContract(Model model) {
        super(model);
    }
}
