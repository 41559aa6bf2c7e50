namespace Typed.Generated;

/// <summary>What <c>In(dbContext)</c> and <c>CreateDbContext</c> need of an application, and why.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LinqNeeds
{
    /// <summary>Why an application with LINQ cannot be trimmed.</summary>
    public const string UnreferencedCode =
        "EF Core makes its model and runs LINQ by reflection, which trimming breaks. What is written and read through X.In(store) can be trimmed.";

    /// <summary>Why an application with LINQ cannot be compiled ahead of time.</summary>
    public const string DynamicCode =
        "EF Core compiles LINQ at run time, which NativeAOT cannot do. What is written and read through X.In(store) needs no such code.";
}
