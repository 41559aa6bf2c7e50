using System.Reflection;

namespace Typed.Storage.Model;

/// <summary>The properties and fields of a body's type. Where a member hides another of the same name, the most derived class decides.</summary>
internal static class BodyMembers
{
    private const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static MemberInfo Find(Type type, string name) => FindAll(type).First(member => string.Equals(member.Name, name, StringComparison.Ordinal));

    /// <summary>The names that EF's conventions may find: of properties and, since the type is a complex one, of public fields.</summary>
    public static IEnumerable<string> Names(Type type) =>
        FindAll(type).Where(member => member is PropertyInfo or FieldInfo { IsPublic: true }).Select(member => member.Name).Distinct(StringComparer.Ordinal);

    private static IEnumerable<MemberInfo> FindAll(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers(Own).Where(member => member is PropertyInfo or FieldInfo))
            {
                yield return member;
            }
        }
    }
}
