import ArgumentParser

@main struct Tenantry: ParsableCommand { func run() {} }
