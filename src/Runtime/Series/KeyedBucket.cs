namespace Typed;

/// <summary>A bucket and the key whose it is.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="T">What a read of the series gives.</typeparam>
/// <param name="Key">The key.</param>
/// <param name="Bucket">The bucket.</param>
public readonly record struct KeyedBucket<TKey, T>(TKey Key, Bucket<T> Bucket);
