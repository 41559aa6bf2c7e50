using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>A model that EF wrote as code of the application: it stays as it was when a declared type changes.</summary>
internal static class CompiledModel
{
    /// <summary>What to do where a model lacks something; empty where it was built from the declarations at run time.</summary>
    public static string Hint(IReadOnlyModel model) => IsCompiled(model) ? " The model is compiled: run dotnet ef dbcontext optimize again." : "";

    /// <summary>Checks that a compiled model has the members of a body as they are declared.</summary>
    /// <exception cref="InvalidOperationException">The declaration was changed after the model was compiled.</exception>
    public static void ThrowIfStale(IEntityType stream, BodyShape declared)
    {
        if (IsCompiled(stream.Model) && stream.FindComplexProperty(StreamColumns.Body) is { } body && Missing(body.ComplexType, declared, "") is { } member)
        {
            throw new InvalidOperationException($"The model does not map {member[1..]} of {declared.Type.FullName} as it is declared.{Hint(stream.Model)}");
        }
    }

    private static string? Missing(ITypeBase type, BodyShape declared, string path)
    {
        foreach (var member in declared.Members.Where(member => member.Kind != BodyMemberKind.Unmapped))
        {
            var name = $"{path}.{member.Name}";
            if (member.Shape is { } inner)
            {
                if (type.FindComplexProperty(member.Name) is not { } nested || nested.GetJsonPropertyName() != member.Json)
                {
                    return name;
                }

                if (Missing(nested.ComplexType, inner, name) is { } missing)
                {
                    return missing;
                }
            }
            else if (type.FindProperty(member.Name) is not { } property || property.ClrType != member.ClrType || property.GetJsonPropertyName() != member.Json)
            {
                return name;
            }
        }

        return null;
    }

    private static bool IsCompiled(IReadOnlyModel model) => model is RuntimeModel && model.GetType() != typeof(RuntimeModel);
}
