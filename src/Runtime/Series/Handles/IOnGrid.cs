using Typed.Time;

namespace Typed.Series.Handles;

/// <summary>A range that knows its grid before it is read.</summary>
internal interface IOnGrid
{
    Interval Interval { get; }
}
