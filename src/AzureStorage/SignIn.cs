using Azure.Identity;
using Courier.Storage;

namespace Courier.AzureStorage;

/// <summary>Tells a storage that refuses from an identity that is not there.</summary>
public static class SignIn
{
    /// <summary>No way to sign in gave a token, so that the storage was never asked.</summary>
    public static bool IsMissing(StorageFailureException failure) => failure.InnerException switch
    {
        AggregateException many => many.InnerExceptions[^1] is AuthenticationFailedException,
        var cause => cause is AuthenticationFailedException,
    };
}
