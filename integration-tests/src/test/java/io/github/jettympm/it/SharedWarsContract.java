package io.github.jettympm.it;

/** WARs that others wrote, as far as they can be served by several processes, which share sessions and nothing else. */
abstract class SharedWarsContract extends Contract
        implements FileCases, ServletCases, LoginCases, ChatCases, JolokiaCases, WikiCases {
    SharedWarsContract(Model model) {
        super(Site.WARS, model);
    }
}
