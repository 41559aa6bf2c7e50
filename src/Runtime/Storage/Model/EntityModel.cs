using System.Diagnostics.CodeAnalysis;

namespace Typed.Storage.Model;

/// <summary>Whether EF Core's model can be built: it is made by reflection and by code that is compiled at run time, which trimmed applications lack.</summary>
internal static class EntityModel
{
    /// <summary>False where the application is trimmed or compiled ahead of time.</summary>
    [FeatureSwitchDefinition("Typed.EntityModel.IsSupported")]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
#pragma warning disable IL4000 // The package's targets turn the switch off in such applications.
    public static bool IsSupported => !AppContext.TryGetSwitch("Typed.EntityModel.IsSupported", out var isSupported) || isSupported;
#pragma warning restore IL4000
}
