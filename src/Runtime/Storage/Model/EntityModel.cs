using System.Diagnostics.CodeAnalysis;

namespace Typed.Storage.Model;

/// <summary>Whether EF Core's model can be built: it is made by reflection and by code that is compiled at run time, which trimmed applications lack.</summary>
internal static class EntityModel
{
    /// <summary>Why what asks for the model cannot be trimmed.</summary>
    public const string NeedsUnreferencedCode =
        "EF Core makes its model and runs LINQ by reflection, which trimming breaks. Stores without LINQ are trimmed: write and read through X.In(store).";

    /// <summary>Why what asks for the model cannot be compiled ahead of time.</summary>
    public const string NeedsDynamicCode =
        "EF Core compiles LINQ at run time, which NativeAOT cannot. Stores without LINQ run there: write and read through X.In(store).";

    /// <summary>False where the application is trimmed or compiled ahead of time.</summary>
    [FeatureSwitchDefinition("Typed.EntityModel.IsSupported")]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    public static bool IsSupported => !AppContext.TryGetSwitch("Typed.EntityModel.IsSupported", out var isSupported) || isSupported;
}
