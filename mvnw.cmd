@echo off
rem Runs the Maven that ships with this checkout (docs/decisions/0001); see mvnw. Needs Windows 10 1803 or later.
rem A path may hold a bracket or an ampersand, so nothing below expands a path inside a block or outside of quotes.
setlocal EnableExtensions DisableDelayedExpansion
set "VERSION=3.9.16"
set "ARCHIVE=%~dp0.mvn\wrapper\apache-maven-%VERSION%-bin.tar.gz"
set "SYSTEM=%SystemRoot%\System32"

if defined JAVA_HOME goto haveJava
for %%J in (javac.exe) do if not "%%~$PATH:J"=="" for %%B in ("%%~dp$PATH:J..") do set "JAVA_HOME=%%~fB"
if not defined JAVA_HOME goto noJava
:haveJava
if not exist "%JAVA_HOME%\bin\javac.exe" goto noJava

if not exist "%ARCHIVE%.sha512" goto incomplete
set "LINE="
set /p LINE=<"%ARCHIVE%.sha512"
if not defined LINE goto incomplete
set "EXPECTED=%LINE:~0,128%"
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
set "DISTS=%MAVEN_USER_HOME%\wrapper\dists"
set "NAME=apache-maven-%VERSION%-%EXPECTED:~0,8%"
set "MAVEN=%DISTS%\%NAME%\bin\mvn.cmd"
if exist "%MAVEN%" goto run

if not exist "%ARCHIVE%" goto incomplete
set "ACTUAL="
for /f "skip=1 delims=" %%H in ('%SYSTEM%\certutil.exe -hashfile "%ARCHIVE%" SHA512') do if not defined ACTUAL set "ACTUAL=%%H"
if not defined ACTUAL goto otherFile
set "ACTUAL=%ACTUAL: =%"
if /i not "%ACTUAL%"=="%EXPECTED%" goto otherFile
set "WORK=%DISTS%\.unpacking.%RANDOM%%RANDOM%"
mkdir "%WORK%\%NAME%" || goto cannotUnpack
rem Windows' own tar: another one on the PATH, such as Git's, takes C: for the name of a host.
"%SYSTEM%\tar.exe" -xzf "%ARCHIVE%" -C "%WORK%\%NAME%" --strip-components 1 || goto cannotUnpack
rem Fails and changes nothing when another mvnw was faster; then its Maven is there.
move "%WORK%\%NAME%" "%DISTS%" >nul 2>&1
rmdir /s /q "%WORK%"
if not exist "%MAVEN%" goto cannotUnpack

:run
set "MAVEN_HOME="
set "M2_HOME="
rem Not "call": that would expand the arguments a second time. Maven's exit code is this script's.
"%MAVEN%" %*
exit /b %ERRORLEVEL%

:noJava
echo mvnw: Nightshift needs a JDK, not only a JRE, version 17 or later. Install one and set JAVA_HOME to it. 1>&2
exit /b 1
:incomplete
echo mvnw: the checkout is incomplete: "%ARCHIVE%" or its .sha512 is missing 1>&2
exit /b 1
:otherFile
echo mvnw: "%ARCHIVE%" is not the file it should be, its SHA-512 differs: check it out again 1>&2
exit /b 1
:cannotUnpack
if defined WORK if exist "%WORK%" rmdir /s /q "%WORK%"
echo mvnw: cannot unpack Maven into "%DISTS%": set MAVEN_USER_HOME to a folder that you can write to 1>&2
exit /b 1
