namespace Typed.Generator.Model;

/// <summary>Where emitted members go: the user's partial type inside its namespace and containers.</summary>
/// <param name="Namespace">The namespace, dots included; empty for the global one.</param>
/// <param name="Containers">The headers of the containing types, outermost first, for instance <c>partial class Outer</c>.</param>
/// <param name="Header">The type's own header, for instance <c>partial record struct Point</c>.</param>
/// <param name="Name">The type's name.</param>
/// <param name="FullName">The type from anywhere: <c>global::</c> and all names.</param>
/// <param name="MetadataName">Namespace, containers and name with dots: the hint of the emitted file.</param>
/// <param name="Suppressions">Ids of warnings that its users get, because it or what it is made of is obsolete or experimental.</param>
internal sealed record DeclaredType(
    string Namespace, EquatableArray<string> Containers, string Header, string Name, string FullName, string MetadataName, EquatableArray<string> Suppressions);
