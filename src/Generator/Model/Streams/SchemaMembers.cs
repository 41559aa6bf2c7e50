namespace Typed.Generator.Model.Streams;

/// <summary>The members that a class gets from the schema file.</summary>
/// <param name="Type">The class.</param>
/// <param name="Name">The stream's name.</param>
/// <param name="Naming">How its members are named in JSON.</param>
/// <param name="Schema">JSON Schema of its events.</param>
/// <param name="OwnNames">The names in C# that its own members have.</param>
/// <param name="OwnMembers">The names in JSON of these.</param>
internal sealed record SchemaMembers(
    DeclaredType Type, string Name, string Naming, string Schema, EquatableArray<string> OwnNames, EquatableArray<string> OwnMembers)
{
    /// <summary>What follows the type's name in the name of the emitted file: other code sees the members as if the user had written them.</summary>
    public const string File = "-SchemaMembers";
}
