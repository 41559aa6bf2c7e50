using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Typed.Storage.Model;

/// <summary>
/// Tells EF how to make the objects of a body. EF cannot pass a nested object to a constructor, so a type without a parameterless constructor is made without
/// calling any, and its members are set. A type with members that EF cannot map is never made: half an object would look like a whole one.
/// </summary>
internal static class BodyInstances
{
    private static readonly MethodInfo s_bare = typeof(BodyInstances).GetMethod(nameof(Bare), BindingFlags.Static | BindingFlags.NonPublic)!;
    private static readonly ConditionalWeakTable<IModel, object> s_bound = new();

    /// <summary>Binds a type while the model is made, before EF's convention fails on a constructor that it cannot call.</summary>
    public static void Bind(IMutableComplexType type)
    {
        if (Binding(type) is { } binding)
        {
#pragma warning disable EF1001 // EF has no public way to choose how a complex type is made; the runtime model, below, has one.
            ((Microsoft.EntityFrameworkCore.Metadata.Internal.ComplexType)type).SetConstructorBinding(binding, ConfigurationSource.Explicit);
#pragma warning restore EF1001
        }
    }

    /// <summary>Binds the types of a finished model before its first query. Queries that come first at the same time bind them each.</summary>
    public static void Bind(IModel model) => s_bound.GetValue(model, static model =>
    {
        foreach (var entity in model.GetEntityTypes().Where(Annotations.IsStream))
        {
            foreach (var type in NestedTypes(entity).OfType<RuntimeComplexType>())
            {
                ElementReaders.Restore(type);
                if (Binding(type) is { } binding)
                {
                    type.ConstructorBinding = binding;
                }
            }
        }

        return s_bound;
    });

    /// <summary>The binding of a type that EF cannot make by itself; null for other types.</summary>
    private static InstantiationBinding? Binding(IReadOnlyComplexType type)
    {
        if (type.FindAnnotation(BodyMapping.LeftOut)?.Value is string leftOut)
        {
            return Refusal(type.ClrType, leftOut);
        }

        // A struct needs no constructor, but EF uses none only for a struct that declares none.
        var constructors = type.ClrType.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        var hasPlain = constructors.Any(constructor => constructor.GetParameters().Length == 0) || (type.ClrType.IsValueType && constructors.Length == 0);
        return hasPlain ? null : new FactoryMethodBinding(s_bare.MakeGenericMethod(type.ClrType), [], type.ClrType);
    }

    private static IEnumerable<IComplexType> NestedTypes(ITypeBase type) =>
        type.GetComplexProperties().SelectMany(property => NestedTypes(property.ComplexType).Prepend(property.ComplexType));

    /// <summary>The converter of a body that is mapped as a whole, since none of its members is.</summary>
    public static ValueConverter Refusing(Type type, string? leftOut) =>
        (ValueConverter)Activator.CreateInstance(typeof(RefusingConverter<>).MakeGenericType(type), leftOut)!;

    private static FactoryMethodBinding Refusal(Type type, string leftOut)
    {
        var refuser = Activator.CreateInstance(typeof(Refuser<>).MakeGenericType(type), leftOut)!;
        return new FactoryMethodBinding(refuser, refuser.GetType().GetMethod("Make")!, [], type);
    }

    private static T Bare<T>() => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));

    public static InvalidOperationException Refused(Type type, string? leftOut) => new(
        $"A query cannot return a whole {type.Name}, because "
        + $"{(leftOut is null ? "it has no members that EF could map" : $"EF cannot map all of its members: {leftOut}")}. "
        + "Call UseTyped() on the options of the context; before Union, Concat, Except, Intersect, Distinct and GroupBy select the members you need.");

    private sealed class Refuser<T>(string leftOut)
    {
        public T Make() => throw Refused(typeof(T), leftOut);
    }

#pragma warning disable CA1812 // Made by its type.
    private sealed class RefusingConverter<T>(string? leftOut)
        : ValueConverter<T, string>(value => ValueConversions.Refuse<T, string>(leftOut), stored => ValueConversions.Refuse<T, T>(leftOut));
#pragma warning restore CA1812
}
