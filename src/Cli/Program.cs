using Courier.Cli;

return await CommandLine.RunAsync(args);
