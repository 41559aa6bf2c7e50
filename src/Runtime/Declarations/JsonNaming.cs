namespace Typed;

/// <summary>How the members of an event are named in JSON.</summary>
public enum JsonNaming
{
    /// <summary><c>UserName</c> is written as <c>userName</c>.</summary>
    CamelCase,

    /// <summary><c>UserName</c> is written as <c>user_name</c>.</summary>
    SnakeCaseLower,

    /// <summary><c>UserName</c> is written as <c>user-name</c>.</summary>
    KebabCaseLower,

    /// <summary><c>UserName</c> is written as <c>UserName</c>.</summary>
    AsDeclared,
}
