namespace Typed.Hosting;

/// <summary>A module on request that a store of the services is to hold.</summary>
/// <param name="Module">The module.</param>
/// <param name="Key">The store's key; null where it has none.</param>
internal sealed record RequestedModule(DeclarationModule Module, string? Key);
