using Courier.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(Templates))]
