namespace Typed.Generated;

/// <summary>A declared class whose stream can be followed: <c>[EventStream(Follow = true)]</c>. Emitted code implements it.</summary>
/// <typeparam name="TSelf">The declared class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
#pragma warning disable CA1040 // It tells types apart in constraints.
public interface IFollowedEventBody<TSelf> : IEventBody<TSelf>
#pragma warning restore CA1040
    where TSelf : IFollowedEventBody<TSelf>
{
}
