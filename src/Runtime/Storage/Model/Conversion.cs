using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Typed.Storage.Model;

/// <summary>
/// Knows a conversion by the method that it calls. EF writes the converters of a compiled model as new objects, so that neither the object nor its class tells
/// what it is for, and as code of the application, so that the method has to be public.
/// </summary>
internal static class Conversion
{
    /// <summary>The method that makes what is stored of a value; null where it is not one call.</summary>
    public static MethodInfo? MethodOf(ValueConverter? converter) =>
        converter?.ConvertToProviderExpression.Body is MethodCallExpression { Arguments: [ParameterExpression] } call ? call.Method : null;

    /// <summary>Whether a converter is a known one, or what EF wrote of it.</summary>
    public static bool Is(ValueConverter? converter, ValueConverter known) =>
        ReferenceEquals(converter, known) || (MethodOf(converter) is { } method && method == MethodOf(known));
}
