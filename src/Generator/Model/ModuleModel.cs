namespace Typed.Generator.Model;

/// <summary>The module of the assembly: where it goes and what it finds on references.</summary>
/// <param name="Namespace">The namespace of the emitted module.</param>
/// <param name="Name">Its name in there.</param>
/// <param name="References">The names in code of the modules of referenced assemblies.</param>
/// <param name="Engines">The names in code of the engines of referenced assemblies.</param>
internal sealed record ModuleModel(string Namespace, string Name, EquatableArray<string> References, EquatableArray<string> Engines)
{
    /// <summary>Whether it is used only where it is named.</summary>
    public bool IsOnRequest { get; init; }

    /// <summary>Whether a referenced assembly has a module that is used only where it is named.</summary>
    public bool MayBeAsked { get; init; }
}

/// <summary>A declared type as its module lists it.</summary>
/// <param name="Expression">What makes the entry.</param>
/// <param name="Suppressions">Ids of warnings that it causes.</param>
internal sealed record ModuleEntry(string Expression, EquatableArray<string> Suppressions);
